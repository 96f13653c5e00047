"""What stands round every page: the rail, the lines above and below, the menus."""
