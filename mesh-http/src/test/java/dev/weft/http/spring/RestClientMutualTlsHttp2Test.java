package dev.weft.http.spring;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Subject;

final class RestClientMutualTlsHttp2Test extends HttpClientContract {
    RestClientMutualTlsHttp2Test() throws Exception {
        super(true, new MutualTls());
    }

    @Override
    public Subject on(Mesh mesh) {
        return SpringSubject.of(mesh);
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
