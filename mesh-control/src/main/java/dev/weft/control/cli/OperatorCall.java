package dev.weft.control.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;

/** One question to the operators' service, and what its answer looks like. */
final class OperatorCall {
    private static final Gson PRETTY =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private OperatorCall() {}

    static Struct ask(Channel channel, MethodDescriptor<Struct, Struct> method, Struct question) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(Asking.timeoutSeconds(), TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(channel, method, options, question);
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    static Value flag(boolean flag) {
        return Value.newBuilder().setBoolValue(flag).build();
    }

    static String text(Struct answer, String name) {
        return answer.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }

    /** The whole answer as JSON for programs. */
    static String json(Struct answer) {
        try {
            JsonElement read = JsonParser.parseString(JsonFormat.printer().print(answer));
            return PRETTY.toJson(read);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a Struct is JSON", e);
        }
    }
}
