package dev.weft.control.translate;

import com.google.protobuf.Struct;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.TrafficPolicy.Tls;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.core.v3.TransportSocket;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateProviderPluginInstance;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes how connections to a cluster are encrypted. */
final class TlsWriter {
    private static final String TLS = "envoy.transport_sockets.tls";

    private final Caller caller;
    private final Service service;
    private final ServicePort port;
    private final String subset;

    TlsWriter(Caller caller, Service service, ServicePort port, String subset) {
        this.caller = caller;
        this.service = service;
        this.port = port;
        this.subset = subset;
    }

    void write(@Nullable Tls said, List<Workload> workloads, Cluster.Builder out) {
        String mode = said == null || said.mode() == null ? "" : said.mode();
        switch (mode) {
            case "DISABLE" -> {}
            case "SIMPLE", "MUTUAL" -> out.setTransportSocket(socket(own(said, mode.equals("MUTUAL"))));
            case "ISTIO_MUTUAL" -> out.setTransportSocket(socket(mesh(said, workloads)));
            default -> writeAutomatic(workloads, out);
        }
    }

    /**
     * Endpoints that declare it get mutual TLS, others plaintext. Stock gRPC knows no such choice, and Envoy would wait for
     * ever for secrets that are not served yet.
     */
    private void writeAutomatic(List<Workload> workloads, Cluster.Builder out) {
        boolean applies = caller.catalog().mesh().enableAutoMtls()
                && !service.external()
                && out.getType() == Cluster.DiscoveryType.EDS
                && caller.kind() == Kind.WEFT;
        if (!applies) {
            return;
        }
        out.addTransportSocketMatches(Cluster.TransportSocketMatch.newBuilder()
                .setName("tlsMode-istio")
                .setMatch(Struct.newBuilder().putFields("tlsMode", Origins.text("istio")))
                .setTransportSocket(socket(mesh(null, workloads))));
        out.addTransportSocketMatches(
                Cluster.TransportSocketMatch.newBuilder()
                        .setName("tlsMode-disabled")
                        .setMatch(Struct.getDefaultInstance())
                        .setTransportSocket(
                                TransportSocket.newBuilder()
                                        .setName("envoy.transport_sockets.raw_buffer")
                                        .setTypedConfig(
                                                com.google.protobuf.Any.newBuilder()
                                                        .setTypeUrl(
                                                                "type.googleapis.com/envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer"))));
    }

    private static TransportSocket socket(UpstreamTlsContext context) {
        return TransportSocket.newBuilder()
                .setName(TLS)
                .setTypedConfig(Words.any(context))
                .build();
    }

    /** The mesh's own identities on both sides. */
    private UpstreamTlsContext mesh(@Nullable Tls said, List<Workload> workloads) {
        CertificateValidationContext.Builder peer = CertificateValidationContext.newBuilder();
        identities(said, workloads).forEach(name -> peer.addMatchSubjectAltNames(exact(name)));
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder();
        CommonTlsContext.CombinedCertificateValidationContext.Builder combined =
                common.getCombinedValidationContextBuilder();
        if (caller.kind() == Kind.GRPC) {
            peer.setCaCertificateProviderInstance(provider("ROOTCA"));
            common.setTlsCertificateProviderInstance(provider("default"));
        } else {
            combined.setValidationContextSdsSecretConfig(secret("ROOTCA"));
            common.addTlsCertificateSdsSecretConfigs(secret("default"));
            common.addAlpnProtocols("istio");
            if (port.protocol().isHttp2()) {
                common.addAlpnProtocols("h2");
            }
        }
        combined.setDefaultValidationContext(peer);
        String sni = said == null || said.sni() == null ? "" : said.sni();
        return UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(common)
                .setSni(sni.isEmpty() ? Names.sni(port.number(), subset, service.host()) : sni)
                .build();
    }

    private List<String> identities(@Nullable Tls said, List<Workload> workloads) {
        if (said != null && !said.subjectAltNames().isEmpty()) {
            return said.subjectAltNames();
        }
        if (!service.subjectAltNames().isEmpty()) {
            return service.subjectAltNames();
        }
        String trustDomain = caller.catalog().mesh().trustDomain();
        return workloads.stream()
                .filter(workload -> !workload.serviceAccount().isEmpty())
                .map(workload -> "spiffe://" + trustDomain + "/ns/"
                        + (workload.namespace().isEmpty() ? service.namespace() : workload.namespace()) + "/sa/"
                        + workload.serviceAccount())
                .distinct()
                .sorted()
                .toList();
    }

    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(Words.ADS)
                .build();
    }

    private static CertificateProviderPluginInstance provider(String certificate) {
        return CertificateProviderPluginInstance.newBuilder()
                .setInstanceName("default")
                .setCertificateName(certificate)
                .build();
    }

    /** TLS to a server outside, with certificates from files. */
    private UpstreamTlsContext own(@Nullable Tls said, boolean mutual) {
        CertificateValidationContext.Builder peer = CertificateValidationContext.newBuilder();
        UpstreamTlsContext.Builder out = UpstreamTlsContext.newBuilder();
        if (said != null) {
            if (said.caCertificates() != null) {
                peer.setTrustedCa(file(said.caCertificates()));
            }
            List<String> names = said.subjectAltNames().isEmpty() ? service.subjectAltNames() : said.subjectAltNames();
            names.forEach(name -> peer.addMatchSubjectAltNames(exact(name)));
            if (said.insecureSkipVerify()) {
                peer.setTrustChainVerification(CertificateValidationContext.TrustChainVerification.ACCEPT_UNTRUSTED);
            }
            if (mutual) {
                writeCertificate(said, out.getCommonTlsContextBuilder());
            }
            if (said.sni() != null) {
                out.setSni(said.sni());
            }
        }
        out.getCommonTlsContextBuilder().setValidationContext(peer);
        return out.build();
    }

    private static void writeCertificate(Tls said, CommonTlsContext.Builder out) {
        if (said.credentialName() != null) {
            out.addTlsCertificateSdsSecretConfigs(secret("kubernetes://" + said.credentialName()));
        } else if (said.clientCertificate() != null && said.privateKey() != null) {
            out.addTlsCertificates(TlsCertificate.newBuilder()
                    .setCertificateChain(file(said.clientCertificate()))
                    .setPrivateKey(file(said.privateKey())));
        }
    }

    private static DataSource file(String path) {
        return DataSource.newBuilder().setFilename(path).build();
    }

    private static StringMatcher exact(String name) {
        return StringMatcher.newBuilder().setExact(name).build();
    }
}
