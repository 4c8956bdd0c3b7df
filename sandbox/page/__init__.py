"""The page people use: server-rendered, no build step."""
