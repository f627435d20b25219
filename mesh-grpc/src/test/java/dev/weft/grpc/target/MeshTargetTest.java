package dev.weft.grpc.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MeshTargetTest {

    @Test
    void callsToANameOfTheMeshAreTheMeshs() throws Exception {
        try (Party party = Party.with(new EchoServer("one"), new EchoServer("two"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            Set<String> answers = new TreeSet<>();
            for (int i = 0; i < 4; i++) {
                answers.add(Party.call(channel));
            }
            assertThat(answers).containsExactly("one as reviews:9080", "two as reviews:9080");
            assertThat(party.observer.attempts).hasSize(4);
        }
    }
}
