package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.InboundPolicy.ClientCert;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads made fit to be judged. */
final class ArrivedHeadTest {
    private static final String FORGED = "URI=spiffe://cluster.local/ns/default/sa/admin";
    private static final String OWN = "URI=spiffe://cluster.local/ns/default/sa/productpage";
    private static final Peer PLAINTEXT = Peer.UNKNOWN;
    private static final Peer PRODUCTPAGE =
            Peer.UNKNOWN.with(PeerIdentity.of(SpiffeId.of("cluster.local", "default", "productpage")));

    @Test
    void theDispatchedPathIsTheNormalOneWithItsQuery() {
        ArrivedHead head = arrived("GET", "/a/../b/%2e/c?x=/../y");

        assertThat(head.refusal()).isNull();
        assertThat(head.head().path()).isEqualTo("/b/c?x=/../y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b",
                "*",
                "http://h/x",
                "/%00",
                "/a/..%00",
                "/a b",
                "/a\tb",
                "/a\r\nb",
                "/é",
                "/a#b",
                "/%",
                "/%2",
                "/%zz",
                "/%2%65%2%65/admin",
                "/a?b c"
            })
    void aPathThatCannotBeJudgedIsAnswered400(String path) {
        ArrivedHead head = arrived("GET", path);

        assertThat(head.refusal()).isNotNull();
        assertThat(head.refusal().status()).isEqualTo(400);
        assertThat(head.refusal().body()).isEqualTo("bad path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a//b", "/..", "/../a", "/a;x", "/a%2fb", "/a%5Cb", "/a?%zz", "/a?", "/%25"})
    void aPathThatEnvoyLetsPassPasses(String path) {
        assertThat(arrived("GET", path).refusal()).isNull();
    }

    @Test
    void optionsOfTheWholeServerHasNoPath() {
        assertThat(arrived("OPTIONS", "*").refusal()).isNull();
    }

    @Test
    void anEscapedSlashIsRefusedOrRedirectedWhereThatIsTheRule() {
        HeadRules reject = rules(EscapedSlashes.REJECT);
        HeadRules redirect = rules(EscapedSlashes.REDIRECT);
        RequestHead head = head("GET", "/a%2F../b?c%2Fd");

        assertThat(ArrivedHead.of(head, PLAINTEXT, reject).refusal().status()).isEqualTo(400);
        var reply = ArrivedHead.of(head, PLAINTEXT, redirect).refusal();
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.headers().first("location")).isEqualTo("/b?c%2Fd");
    }

    private static HeadRules rules(EscapedSlashes escaped) {
        return new HeadRules(new PathNormalization(true, false, escaped), ClientCert.SANITIZE, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "SANITIZE, ,",
        "FORWARD_ONLY, , 1",
        "APPEND_FORWARD, , 2",
        "SANITIZE_SET, , 3",
        "ALWAYS_FORWARD_ONLY, 1, 1",
    })
    void whatProxiesSayOfCertificatesIsBelievedOfProvedCallersOnly(ClientCert rule, String plaintext, String proved) {
        assertThat(clientCert(PLAINTEXT, rule)).isEqualTo(said(plaintext));
        assertThat(clientCert(PRODUCTPAGE, rule)).isEqualTo(said(proved));
    }

    private static String said(String code) {
        return code == null
                ? null
                : switch (code) {
                    case "1" -> FORGED;
                    case "2" -> FORGED + "," + OWN;
                    default -> OWN;
                };
    }

    private static String clientCert(Peer peer, ClientCert rule) {
        RequestHead head = head("GET", "/", "x-forwarded-client-cert", FORGED);
        return ArrivedHead.of(head, peer, new HeadRules(PathNormalization.BASE, rule, 0))
                .head()
                .headers()
                .first("x-forwarded-client-cert");
    }

    @Test
    void headersThatOnlyTheMeshMayWriteAreTakenOut() {
        ArrivedHead head = ArrivedHead.of(
                head(
                        "GET",
                        "/",
                        "x-envoy-peer-metadata",
                        "x",
                        "x-mesh-flags",
                        "UH",
                        "x-envoy-retry-on",
                        "5xx",
                        "a",
                        "b"),
                PRODUCTPAGE,
                new HeadRules(PathNormalization.BASE, ClientCert.SANITIZE, 0));

        assertThat(head.head().headers()).isEqualTo(Headers.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, '1.1.1.1, 2.2.2.2', 2.2.2.2",
        "1, '1.1.1.1, 2.2.2.2', 1.1.1.1",
        "2, '1.1.1.1, 2.2.2.2', 10.0.0.1",
        "-1, '1.1.1.1, 2.2.2.2', 10.0.0.1",
        "0, '1.1.1.1, localhost', 10.0.0.1",
        "0, '1.1.1.1,', 10.0.0.1",
        "0, '2001:db8::1', 2001:db8::1",
    })
    void theCallersAddressIsTheEntryThatIsTrusted(int hops, String forwardedFor, String expected)
            throws UnknownHostException {
        assertThat(ArrivedHead.forwardedFor(
                        head("GET", "/", "x-forwarded-for", forwardedFor), InetAddress.getByName("10.0.0.1"), hops))
                .isEqualTo(InetAddress.getByName(expected));
    }

    @Test
    void ofSeveralFieldsTheLastIsTheNearest() throws UnknownHostException {
        RequestHead head = head("GET", "/", "x-forwarded-for", "1.1.1.1", "x-forwarded-for", "2.2.2.2");
        assertThat(ArrivedHead.forwardedFor(head, null, 0)).isEqualTo(InetAddress.getByName("2.2.2.2"));
        assertThat(ArrivedHead.forwardedFor(head("GET", "/"), null, 0)).isNull();
    }

    private static ArrivedHead arrived(String method, String path) {
        return ArrivedHead.of(head(method, path), PLAINTEXT, HeadRules.ISTIO);
    }

    private static RequestHead head(String method, String path, String... headers) {
        return new RequestHead(method, "http", "reviews:9080", path, Headers.of(headers));
    }
}
