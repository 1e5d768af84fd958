package com.igny8.account;

import com.igny8.catalog.Limit;
import com.igny8.catalog.Plan;

/**
 * How many seats of the plan are in use. Invitations that can still be accepted hold one, so that
 * what was promised can be kept.
 */
public record SeatCount(long members, long invited, Plan plan) {
    public long taken() {
        return members + invited;
    }

    public boolean isFull() {
        return plan.maxUsers() != 0 && taken() >= plan.maxUsers();
    }

    void requireRoom() {
        plan.requireRoom(Limit.MAX_USERS, taken());
    }
}
