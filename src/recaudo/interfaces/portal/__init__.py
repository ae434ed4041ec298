"""The front door of employers and citizens: plain words, few screens."""
