package dev.weft.ca;

import dev.weft.credential.Presented;
import dev.weft.identity.TestAuthority;
import java.io.StringReader;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** An authority that grants, unless a test says otherwise, in the time of a manual world. */
final class PlayedAuthority implements Authority {
    /** What came along with each request, {@code certificate} for none. */
    final List<String> shown = new ArrayList<>();

    String identity = TestAuthority.REVIEWS;
    TestAuthority issuer;
    List<X509Certificate> roots;
    AuthorityException.@Nullable Kind failing;
    boolean breaking;
    long lifeMillis = 3_600_000;
    private final java.util.function.LongSupplier now;

    PlayedAuthority(TestAuthority issuer, java.util.function.LongSupplier now) {
        this.issuer = issuer;
        this.roots = List.of(issuer.certificate);
        this.now = now;
    }

    @Override
    public CompletionStage<List<String>> certify(String csr, @Nullable Presented credential) {
        shown.add(credential == null ? "certificate" : credential.bearer());
        if (breaking) {
            throw new IllegalStateException("broken");
        }
        if (failing != null) {
            return CompletableFuture.failedFuture(new AuthorityException(failing, "ca:1: as the test says"));
        }
        return CompletableFuture.completedFuture(StandInIstiod.form(
                issuer.leaf().uri(identity).from(now.getAsLong(), lifeMillis).chain(key(csr)), roots));
    }

    static PublicKey key(String csr) {
        try (PEMParser parser = new PEMParser(new StringReader(csr))) {
            return new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject()).getPublicKey();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
