package dev.weft.request;

/** Why the mesh, and not a server, answered or changed the course of a request; Envoy's letters in logs and metrics. */
public enum ResponseFlag {
    UH("no healthy upstream"),
    UF("upstream connection failure"),
    UO("upstream overflow"),
    UC("upstream connection termination"),
    UR("upstream remote reset"),
    URX("upstream retry limit exceeded"),
    NR("no route found"),
    NC("no cluster found, or not configured yet"),
    UT("upstream request timeout"),
    FI("fault injected: abort"),
    DI("fault injected: delay"),
    RL("rate limited"),
    UAEX("denied by external authorization"),
    DC("downstream cancelled");

    private final String meaning;

    ResponseFlag(String meaning) {
        this.meaning = meaning;
    }

    /** A few words for people. */
    public String meaning() {
        return meaning;
    }
}
