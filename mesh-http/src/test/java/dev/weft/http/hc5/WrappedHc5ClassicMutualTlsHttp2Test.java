package dev.weft.http.hc5;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class WrappedHc5ClassicMutualTlsHttp2Test extends HttpClientContract {
    WrappedHc5ClassicMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return ClassicSubject.of(mesh);
    }
}
