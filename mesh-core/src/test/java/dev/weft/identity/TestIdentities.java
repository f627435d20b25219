package dev.weft.identity;

import dev.weft.runtime.World;

/** Identities for tests of other packages, valid by the clock of a manual world that has not been advanced. */
public final class TestIdentities {
    private final TestAuthority authority = TestAuthority.root("root");
    private final long now = World.manual().world().ticker().epochMillis();

    /** Valid since an hour ago. */
    public Identity expiringIn(long millis, long epoch) {
        return valid(-3_600_000, millis, epoch);
    }

    /** @param fromMillis from now, as {@code untilMillis} */
    public Identity valid(long fromMillis, long untilMillis, long epoch) {
        Svid svid = authority
                .leaf()
                .uri(TestAuthority.PRODUCTPAGE)
                .from(now + fromMillis, untilMillis - fromMillis)
                .svid();
        return new Identity(svid, authority.bundle(), epoch);
    }
}
