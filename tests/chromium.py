"""How Chromium is run for tests: where it is, and what it leaves out."""

from typing import Final

CHROMIUM: Final = "/usr/bin/chromium"

# The suggestions below an address bar that nobody sees: a process for each window, a third of what a page costs.
_SUGGESTIONS: Final = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# The last list of features is the only one that counts, so what Playwright leaves out has to stand in ours too.
_LEFT_OUT_BY_PLAYWRIGHT: Final = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
SWITCHES: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--disable-features={','.join((*_LEFT_OUT_BY_PLAYWRIGHT, *_SUGGESTIONS))}",
)
