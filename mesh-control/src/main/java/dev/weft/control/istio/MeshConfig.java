package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mesh-wide settings. */
public record MeshConfig(
        String trustDomain,
        String rootNamespace,
        boolean registryOnly,
        HttpRoute.@Nullable Retries defaultHttpRetryPolicy,
        List<String> defaultServiceExportTo,
        List<String> defaultVirtualServiceExportTo,
        List<String> defaultDestinationRuleExportTo,
        TrafficPolicy.@Nullable Locality localityLbSetting,
        java.time.@Nullable Duration connectTimeout,
        boolean enableAutoMtls) {
    /** Istio's defaults. */
    public static final MeshConfig DEFAULT = new MeshConfig(
            "cluster.local", "istio-system", false, null, List.of(), List.of(), List.of(), null, null, true);

    /** A mesh configuration that was read. */
    public record Parsed(MeshConfig config, List<ConfigProblem> problems) {}

    /** Reads a file; with an error in it, {@code config} is what could be read and must not be used. */
    public static Parsed parse(String file, String text) {
        YamlDocuments documents = YamlDocuments.read(file, text);
        if (!documents.problems().isEmpty() || documents.documents().isEmpty()) {
            return new Parsed(DEFAULT, documents.problems());
        }
        Problems problems = new Problems("MeshConfig", file);
        Fields fields = Fields.of(documents.documents().get(0).root(), "", problems);
        return new Parsed(read(fields), problems.list());
    }

    /** Of MeshConfig's hundred fields, those that steer a library; the rest concerns proxies and Kubernetes. */
    private static MeshConfig read(Fields fields) {
        String outbound = fields.message("outboundTrafficPolicy", o -> {
            o.skip("egressProxy");
            return o.string("mode", "ALLOW_ANY");
        });
        Boolean autoMtls = fields.bool("enableAutoMtls");
        return new MeshConfig(
                fields.string("trustDomain", DEFAULT.trustDomain),
                fields.string("rootNamespace", DEFAULT.rootNamespace),
                "REGISTRY_ONLY".equals(outbound),
                fields.message("defaultHttpRetryPolicy", HttpRoute.Retries::read),
                fields.strings("defaultServiceExportTo"),
                fields.strings("defaultVirtualServiceExportTo"),
                fields.strings("defaultDestinationRuleExportTo"),
                fields.message("localityLbSetting", TrafficPolicy.Locality::read),
                fields.duration("connectTimeout"),
                autoMtls == null || autoMtls);
    }
}
