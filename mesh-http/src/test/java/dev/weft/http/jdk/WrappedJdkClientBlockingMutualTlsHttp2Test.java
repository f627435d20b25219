package dev.weft.http.jdk;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedJdkClientBlockingMutualTlsHttp2Test extends HttpClientContract {
    WrappedJdkClientBlockingMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return JdkSubject.of(mesh, true);
    }
}
