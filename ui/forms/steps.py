"""Small forms of one step each: an application, an offer, hours, a payment, a contact, a consent."""
