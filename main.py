"""Start Safer Communities Desktop: the window, or one command."""

from scs_desktop.app import main

if __name__ == "__main__":
    raise SystemExit(main())
