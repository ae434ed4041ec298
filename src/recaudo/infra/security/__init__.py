"""Who may do what: users, roles as data, one permission per act, and the actor of every act."""
