package dev.weft.testing;

import dev.weft.control.explain.Explained;
import dev.weft.control.explain.OfflineMesh;
import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.net.URI;

/** A request that is asked about and not sent. Immutable. */
public final class PolicyRequest {
    private final OfflineMesh mesh;
    private final Who who;
    private final RequestHead head;

    PolicyRequest(OfflineMesh mesh, Who who, String method, String url) {
        this(mesh, who, head(method, URI.create(url)));
    }

    private PolicyRequest(OfflineMesh mesh, Who who, RequestHead head) {
        this.mesh = mesh;
        this.who = who;
        this.head = head;
    }

    private static RequestHead head(String method, URI url) {
        String scheme = url.getScheme();
        String authority = url.getRawAuthority();
        if (scheme == null || authority == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("URL " + url + ": http://service/path was expected");
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String whole = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        return new RequestHead(method, scheme, authority, whole, Headers.EMPTY, Authority.port(authority, scheme));
    }

    /** Adds a field. */
    public PolicyRequest header(String name, String value) {
        return new PolicyRequest(
                mesh,
                who,
                head.withHeaders(head.headers().toBuilder()
                        .add(name.toLowerCase(java.util.Locale.ROOT), value)
                        .build()));
    }

    /** What would become of it, as {@code meshctl explain} says it. */
    public Explained explained() {
        return mesh.explain(who.asker(), head);
    }

    @Override
    public String toString() {
        StringBuilder fields = new StringBuilder();
        head.headers()
                .forEach((name, value) ->
                        fields.append(", ").append(name).append(": ").append(value));
        return head.method() + " " + head.scheme() + "://" + head.authority() + head.path() + " (from "
                + who.namespace() + "/" + who.service() + fields + ")";
    }
}
