package dev.weft.testing;

import dev.weft.Mesh;

/** A service that calls. */
public final class PolicyCaller {
    private final PolicyMesh policy;
    private final Who who;

    PolicyCaller(PolicyMesh policy, Who who) {
        this.policy = policy;
        this.who = who;
    }

    /** Its mesh, for calls that are really made. */
    public Mesh mesh() {
        return policy.mesh(who);
    }

    public PolicyRequest get(String url) {
        return request("GET", url);
    }

    public PolicyRequest post(String url) {
        return request("POST", url);
    }

    public PolicyRequest delete(String url) {
        return request("DELETE", url);
    }

    public PolicyRequest request(String method, String url) {
        return new PolicyRequest(policy.offline(), who, method, url);
    }
}
