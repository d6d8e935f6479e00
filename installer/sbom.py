"""The bill of materials as CycloneDX 1.6 JSON. The same parts give the same bytes."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from installer.part import Part

SPEC = "1.6"


def sbom(parts: Sequence[Part], version: str) -> str:
    """The number comes from the content; there is no time but SOURCE_DATE_EPOCH."""
    root = f"foothold@{version}"
    refs = {part.key: _ref(part) for part in parts}
    below: dict[str, set[str]] = {root: set(), **{ref: set() for ref in refs.values()}}
    for part in parts:
        above = refs.get(part.within, root)
        below[above].add(refs[part.key])
        below[refs[part.key]] |= {refs[name] for name in part.needs if name in refs}
    bom: dict[str, Any] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "Foothold",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [_component(part) for part in parts],
        "dependencies": [{"ref": ref, "dependsOn": sorted(below[ref])} for ref in sorted(below)],
    }
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        bom["metadata"]["timestamp"] = datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = json.dumps(bom, sort_keys=True)
    bom["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}"
    return json.dumps(bom, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _ref(part: Part) -> str:
    return f"{part.key}@{part.version}" if part.version else part.key


def _component(part: Part) -> dict[str, Any]:
    plain = " " not in part.licence and not part.licence.startswith("LicenseRef-")
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": _ref(part),
        "name": part.name,
        "licenses": [{"license": {"id": part.licence}} if plain else {"expression": part.licence}],
    }
    if part.version:
        made["version"] = part.version
    if part.holders:
        made["copyright"] = "\n".join(part.holders)
    if part.purl:
        made["purl"] = part.purl
    if part.url:
        made["externalReferences"] = [{"type": "website", "url": part.url}]
    return made
