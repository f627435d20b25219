package dev.weft.ca;

import dev.weft.credential.Presented;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where certificates come from. */
interface Authority {

    /**
     * Asks once.
     *
     * @param csr PKCS #10 in PEM
     * @param credential to be presented; null: the certificate that is current
     * @return the elements of the answer, not judged yet; or an {@link AuthorityException}
     */
    CompletionStage<List<String>> certify(String csr, @Nullable Presented credential);
}
