package com.igny8.credit;

import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

/** Who may use credits from outside: whoever may start work that costs them. */
final class Workers {
    private Workers() {}

    /** The one who asks; 403 for those who may only look. */
    static Change.Maker current() {
        Tenancy.caller().require(Role.EDITOR);
        return Change.Maker.current();
    }
}
