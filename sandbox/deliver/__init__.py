"""From the workspace to the app: commands, interactions, events."""
