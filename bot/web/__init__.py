"""The web chat: pages over the conversation, safe for whoever holds the phone. `bot.web.app` tells how it fits."""
