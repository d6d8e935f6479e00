"""Papers: every PDF that the program makes. `facts` says what each one takes; the makers import ReportLab."""
