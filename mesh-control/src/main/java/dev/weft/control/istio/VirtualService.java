package dev.weft.control.istio;

import java.util.List;

/** Rules for the calls to some hosts. */
public record VirtualService(
        List<String> hosts, List<String> gateways, List<HttpRoute> http, List<String> exportTo, boolean tcpOrTls)
        implements Spec {

    static VirtualService read(Fields fields) {
        VirtualService service = new VirtualService(
                fields.strings("hosts"),
                fields.strings("gateways"),
                fields.messages("http", HttpRoute::read),
                fields.strings("exportTo"),
                fields.has("tcp") || fields.has("tls"));
        fields.skip("tcp", "tls");
        return service;
    }

    /** Whether sidecars, and so libraries, follow it at all. */
    public boolean appliesToMesh() {
        return gateways.isEmpty() || gateways.contains("mesh");
    }
}
