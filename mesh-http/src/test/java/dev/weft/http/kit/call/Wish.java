package dev.weft.http.kit.call;

/**
 * What a server is to do with a call.
 *
 * @param at the only server that does it, others answer; empty: any
 */
public record Wish(Kind kind, String at) {

    /** In nobody's terms. */
    public enum Kind {
        /** Says its name. */
        ANSWER,
        /** Fails as a server does that cannot serve now: 503, UNAVAILABLE. */
        FAIL,
        /** Says nothing. */
        HANG
    }

    public static final Wish ANSWER = new Wish(Kind.ANSWER, "");
    public static final Wish FAIL = new Wish(Kind.FAIL, "");
    public static final Wish HANG = new Wish(Kind.HANG, "");

    public static Wish failAt(String server) {
        return new Wish(Kind.FAIL, server);
    }
}
