-- Whether somebody got such a letter lately is asked whenever a stranger tries their address.
CREATE INDEX mail_recipient ON mail (recipient, template, created_at);
