"""How figures, marks, periods, units and area codes are written in partners' sheets, read one text at a time."""
