package dev.weft.http.spring.reactive;

import dev.weft.Mesh;
import dev.weft.http.kit.HttpClientContract;
import dev.weft.http.kit.Subject;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

final class WebClientHttp1Test extends HttpClientContract {
    WebClientHttp1Test() {
        super(false);
    }

    @Override
    public Subject on(Mesh mesh) {
        return WebClientSubject.of(mesh, new JdkClientHttpConnector());
    }

    @Override
    public boolean showsProtocol() {
        return false;
    }
}
