package dev.weft.control.istio;

import dev.weft.config.ConfigProblem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mesh-wide settings.
 *
 * @param trustDomain SPIFFE trust domain of the mesh
 * @param trustDomainAliases further trust domains that count as ours
 * @param rootNamespace whose resources apply to all namespaces
 * @param registryOnly unknown hosts are answered 502 instead of being let through
 * @param defaultHttpRetryPolicy replaces Istio's default retries; null = Istio's
 * @param defaultServiceExportTo who sees a ServiceEntry that does not say; empty = everybody
 * @param defaultVirtualServiceExportTo who sees a VirtualService that does not say; empty = everybody
 * @param defaultDestinationRuleExportTo who sees a DestinationRule that does not say; empty = everybody
 * @param localityLbSetting preferences among places where a DestinationRule says none
 * @param connectTimeout for new connections; null = Istio's 10 s
 * @param pathNormalization what is done to paths before they are matched
 * @param enableAutoMtls clients encrypt towards servers that can
 * @param extAuthzProviders services that policies of action CUSTOM ask, in order
 */
public record MeshConfig(
        String trustDomain,
        List<String> trustDomainAliases,
        String rootNamespace,
        boolean registryOnly,
        HttpRoute.@Nullable Retries defaultHttpRetryPolicy,
        List<String> defaultServiceExportTo,
        List<String> defaultVirtualServiceExportTo,
        List<String> defaultDestinationRuleExportTo,
        TrafficPolicy.@Nullable Locality localityLbSetting,
        @Nullable Duration connectTimeout,
        PathNormalization pathNormalization,
        boolean enableAutoMtls,
        List<ExtAuthzProvider> extAuthzProviders) {

    /** How paths are made comparable, each including the one before it. {@code DEFAULT} in YAML is {@link #BASE}. */
    public enum PathNormalization {
        /** As they come. */
        NONE,
        /** RFC 3986: dot segments go, unreserved characters are decoded, back slashes turned. */
        BASE,
        /** Runs of slashes become one. */
        MERGE_SLASHES,
        /** Encoded slashes are decoded first. */
        DECODE_AND_MERGE_SLASHES
    }

    /** Istio's defaults. */
    public static final MeshConfig DEFAULT = new MeshConfig(
            "cluster.local",
            List.of(),
            "istio-system",
            false,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            PathNormalization.BASE,
            true,
            List.of());

    /**
     * A mesh configuration that was read.
     *
     * @param config with an error among the problems it is what could be read, and must not be used
     * @param root the whole document, or null if there is none
     */
    public record Parsed(MeshConfig config, @Nullable YamlNode root, List<ConfigProblem> problems) {}

    /** Reads a file; more than one document is an error. */
    public static Parsed parse(String file, String text) {
        YamlDocuments documents = YamlDocuments.read(file, text);
        if (!documents.problems().isEmpty() || documents.documents().isEmpty()) {
            return new Parsed(DEFAULT, null, documents.problems());
        }
        Problems problems = new Problems("MeshConfig", file);
        YamlDocuments.Document first = documents.documents().get(0);
        first.problems().forEach(problem -> problems.error(problem.field(), problem.line(), null, problem.words()));
        if (documents.documents().size() > 1) {
            int line = documents.documents().get(1).root().line();
            problems.error("", line, null, "one document was expected");
        }
        return new Parsed(read(Fields.of(first.root(), "", problems)), first.root(), problems.list());
    }

    /** Of MeshConfig's hundred fields, those that steer a library; the rest concerns proxies and Kubernetes. */
    private static MeshConfig read(Fields fields) {
        String outbound = fields.message("outboundTrafficPolicy", o -> {
            o.skip("tls");
            return o.string("mode", "ALLOW_ANY");
        });
        PathNormalization normalization = fields.message("pathNormalization", n -> {
            String word = n.string("normalization", "DEFAULT");
            return word.equals("DEFAULT") ? PathNormalization.BASE : n.oneOf("normalization", PathNormalization.class);
        });
        Boolean autoMtls = fields.bool("enableAutoMtls");
        return new MeshConfig(
                fields.string("trustDomain", DEFAULT.trustDomain),
                fields.strings("trustDomainAliases"),
                fields.string("rootNamespace", DEFAULT.rootNamespace),
                "REGISTRY_ONLY".equals(outbound),
                fields.message("defaultHttpRetryPolicy", HttpRoute.Retries::read),
                fields.strings("defaultServiceExportTo"),
                fields.strings("defaultVirtualServiceExportTo"),
                fields.strings("defaultDestinationRuleExportTo"),
                fields.message("localityLbSetting", TrafficPolicy.Locality::read),
                fields.duration("connectTimeout"),
                normalization == null ? PathNormalization.BASE : normalization,
                autoMtls == null || autoMtls,
                fields.messages("extensionProviders", ExtAuthzProvider::read).stream()
                        .filter(Objects::nonNull)
                        .toList());
    }
}
