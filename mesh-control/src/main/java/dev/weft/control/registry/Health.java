package dev.weft.control.registry;

/**
 * How an instance feels, in its own words.
 *
 * @param state whether it should get requests
 * @param reason what it said when unhealthy; otherwise empty
 */
public record Health(State state, String reason) {

    /** Ready for requests. */
    public static final Health HEALTHY = new Health(State.HEALTHY, "");

    /** Finishing what it has; wants no new requests. */
    public static final Health DRAINING = new Health(State.DRAINING, "");

    /** Up, but must not get requests. */
    public static Health unhealthy(String reason) {
        return new Health(State.UNHEALTHY, reason);
    }

    /** The states of a registered instance; one that is gone is not registered. */
    public enum State {
        HEALTHY,
        UNHEALTHY,
        DRAINING
    }
}
