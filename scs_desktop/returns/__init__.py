"""A partner's file on its way in: opened safely, read, matched and planned."""
