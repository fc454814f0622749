"""A cell that holds several settings by name, such as 小时=11，周期=月: how it is taken apart."""

import re
import unicodedata


def split_parameters(text: str) -> list[tuple[str, str]]:
    """Name and value of each ``name=value``; a part without = belongs to the value before it. Raises ValueError."""
    found: list[tuple[str, str]] = []
    for part in re.split(r"[,;\n]", unicodedata.normalize("NFKC", text)):
        name, equals, value = part.partition("=")
        if equals:
            found.append((name.strip(), value.strip()))
        elif found and part.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]}、{part.strip()}")
        elif part.strip():
            raise ValueError(part)
    return found
