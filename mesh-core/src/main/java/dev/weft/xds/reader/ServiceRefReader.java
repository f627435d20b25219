package dev.weft.xds.reader;

import com.google.protobuf.Struct;
import dev.weft.config.Cluster.ServiceRef;
import dev.weft.proto.envoy.config.core.v3.Metadata;

/** Who is behind a cluster: from its metadata, and where that is silent from a name of Istio's form. */
final class ServiceRefReader {
    private ServiceRefReader() {}

    static ServiceRef read(String cluster, Metadata metadata) {
        // outbound|9080|v1|reviews.default.svc.cluster.local
        String[] parts = cluster.split("\\|", -1);
        boolean istioName = parts.length == 4;
        String host = istioName ? parts[3] : cluster;
        String subset = istioName ? parts[2] : "";
        int port = istioName ? port(parts[1]) : 0;
        Struct istio = metadata.getFilterMetadataOrDefault("istio", Struct.getDefaultInstance());
        String name = "";
        String namespace = "";
        var services = istio.getFieldsMap().get("services");
        if (services != null && services.getListValue().getValuesCount() > 0) {
            Struct first = services.getListValue().getValues(0).getStructValue();
            name = Values.text(first, "name");
            namespace = Values.text(first, "namespace");
            String said = Values.text(first, "host");
            host = said.isEmpty() ? host : said;
        }
        String saidSubset = Values.text(istio, "subset");
        return new ServiceRef(
                host, name.isEmpty() ? host : name, namespace, saidSubset.isEmpty() ? subset : saidSubset, port);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port <= 65_535 ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
