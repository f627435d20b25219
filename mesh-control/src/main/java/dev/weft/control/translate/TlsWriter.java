package dev.weft.control.translate;

import com.google.protobuf.Struct;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.TrafficPolicy.Tls;
import dev.weft.control.translate.wire.Words;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes how connections to a cluster are encrypted. */
final class TlsWriter {
    private static final String TLS = "envoy.transport_sockets.tls";

    /** What Istio calls {@code system}, where most Linux machines have it; a library takes those of its JVM. */
    private static final String SYSTEM_ROOTS = "/etc/ssl/certs/ca-certificates.crt";

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

    /** Why calls of this kind of client cannot be encrypted as it is said, or null: they can. */
    @Nullable
    String unservable(@Nullable Tls said) {
        if (said == null || !"ISTIO_MUTUAL".equals(said.mode())) {
            return null;
        }
        if (caller.inWeft() && !caller.client().identified()) {
            return "a client with an identity was expected: stock gRPC in one without would wait for a certificate until its deadlines";
        }
        return caller.kind() == Kind.ENVOY
                ? "a mode other than ISTIO_MUTUAL was expected for Envoy, which would wait for secrets that this control plane does not"
                        + " serve; its calls to the host are refused instead"
                : null;
    }

    void write(@Nullable Tls said, List<Workload> workloads, Cluster.Builder out) {
        String mode = said == null || said.mode() == null ? "" : said.mode();
        switch (mode) {
            case "DISABLE" -> {}
            case "SIMPLE", "MUTUAL" -> {
                out.setTransportSocket(socket(own(said, mode.equals("MUTUAL"))));
                writeNames(said, out);
            }
            case "ISTIO_MUTUAL" -> out.setTransportSocket(socket(mesh(said, workloads)));
            default -> {
                MutualTls tls = new MutualTls(caller, service, port, said);
                if (tls.automatic()) {
                    writeAutomatic(workloads, out);
                } else if (tls.toAll(workloads)) {
                    out.setTransportSocket(socket(mesh(null, workloads)));
                }
            }
        }
    }

    /** A server outside is asked for by the name in the request, and has to show it, where no other names are written. */
    private void writeNames(@Nullable Tls said, Cluster.Builder out) {
        boolean named = said != null && said.sni() != null && !said.sni().isEmpty();
        if (named || caller.kind() == Kind.GRPC) {
            return;
        }
        LimitWriter.writeAutoNames(names(said).isEmpty() && (said == null || !said.insecureSkipVerify()), out);
    }

    /** Endpoints that are labelled for it get mutual TLS, others plaintext; one whose address is the caller's own has no label. */
    private void writeAutomatic(List<Workload> workloads, Cluster.Builder out) {
        if (out.getType() == Cluster.DiscoveryType.ORIGINAL_DST) {
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
        MeshConfig mesh = caller.catalog().mesh();
        return Stream.concat(Stream.of(mesh.trustDomain()), mesh.trustDomainAliases().stream())
                .flatMap(domain -> workloads.stream()
                        .filter(workload -> !workload.serviceAccount().isEmpty())
                        .map(workload -> "spiffe://" + domain + "/ns/"
                                + (workload.namespace().isEmpty() ? service.namespace() : workload.namespace()) + "/sa/"
                                + workload.serviceAccount()))
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
        CommonTlsContext.Builder common = out.getCommonTlsContextBuilder();
        names(said).forEach(name -> peer.addMatchSubjectAltNames(exact(name)));
        boolean unverified = said != null && said.insecureSkipVerify();
        if (unverified) {
            peer.setTrustChainVerification(CertificateValidationContext.TrustChainVerification.ACCEPT_UNTRUSTED);
        }
        if (said != null && said.credentialName() != null) {
            writeSecret(said.credentialName(), mutual, peer, common);
        } else {
            writeFiles(said, unverified, mutual, peer, common);
        }
        if (said != null && said.sni() != null) {
            out.setSni(said.sni());
        }
        if (port.protocol().isHttp2()) {
            common.addAlpnProtocols("h2");
        }
        return out.build();
    }

    /** Names that the server has to show one of; empty = the one it is called by. */
    private List<String> names(@Nullable Tls said) {
        return said == null || said.subjectAltNames().isEmpty() ? service.subjectAltNames() : said.subjectAltNames();
    }

    private static void writeFiles(
            @Nullable Tls said,
            boolean unverified,
            boolean mutual,
            CertificateValidationContext.Builder peer,
            CommonTlsContext.Builder out) {
        String roots = said == null ? null : said.caCertificates();
        if (!unverified) {
            // Written out, for Envoy checks nobody where it is given nothing to check by.
            peer.setTrustedCa(file(roots == null || roots.isEmpty() ? SYSTEM_ROOTS : roots));
        }
        if (said != null && said.caCrl() != null && !said.caCrl().isEmpty()) {
            peer.setCrl(file(said.caCrl()));
        }
        out.setValidationContext(peer);
        if (mutual && said != null && said.clientCertificate() != null && said.privateKey() != null) {
            out.addTlsCertificates(TlsCertificate.newBuilder()
                    .setCertificateChain(file(said.clientCertificate()))
                    .setPrivateKey(file(said.privateKey())));
        }
    }

    /** Secrets of Kubernetes, as istiod names them. Clients refuse what nobody serves, and it is said where that was written. */
    private static void writeSecret(
            String name, boolean mutual, CertificateValidationContext.Builder peer, CommonTlsContext.Builder out) {
        if (mutual) {
            out.addTlsCertificateSdsSecretConfigs(secret("kubernetes://" + name));
        }
        out.getCombinedValidationContextBuilder()
                .setDefaultValidationContext(peer)
                .setValidationContextSdsSecretConfig(secret("kubernetes://" + name + "-cacert"));
    }

    private static DataSource file(String path) {
        return DataSource.newBuilder().setFilename(path).build();
    }

    private static StringMatcher exact(String name) {
        return StringMatcher.newBuilder().setExact(name).build();
    }
}
