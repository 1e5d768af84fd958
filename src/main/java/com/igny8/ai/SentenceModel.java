package com.igny8.ai;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * all-MiniLM-L6-v2, quantised, from the artifact of langchain4j, run without its wrapper: that
 * splits each text into tokens three times and lets every call use all cores, which together costs
 * a third of the throughput. Safe for use by several threads, each call runs on its own.
 *
 * <p>One text per call on purpose. The model scales its activations by their range over the whole
 * call, so in a batch the vector of a text would depend on its neighbours; a batch of 16 was at
 * most a fifth faster.
 */
final class SentenceModel implements AutoCloseable {
    static final int DIMENSIONS = 384;

    /** Longer texts are cut; the model was trained on texts up to this length. */
    static final int MAX_TOKENS = 128;

    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private SentenceModel(
            OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /** Takes about a second. */
    static SentenceModel load() {
        // Without this the tokenizer's library reports its use to its makers on cloud machines
        System.setProperty("OPT_OUT_TRACKING", "true");
        try (InputStream model = open(MODEL);
                InputStream tokenizer = open(TOKENIZER);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            // Texts run side by side, so each of them needs one thread only
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new SentenceModel(
                    environment,
                    environment.createSession(model.readAllBytes(), options),
                    HuggingFaceTokenizer.newInstance(
                            tokenizer,
                            Map.of(
                                    "padding", "false",
                                    "truncation", "true",
                                    "maxLength", String.valueOf(MAX_TOKENS))));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read the sentence model", exception);
        } catch (OrtException exception) {
            throw new IllegalStateException("cannot load the sentence model", exception);
        }
    }

    private static InputStream open(String resource) throws FileNotFoundException {
        InputStream stream =
                AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new FileNotFoundException(resource);
        }
        return stream;
    }

    /** The mean of the vectors of the text's tokens, of length 1. */
    float[] embed(String text) {
        long[] tokens = tokenizer.encode(text, true, false).getIds();
        long[] shape = {1, tokens.length};
        long[] ones = new long[tokens.length];
        java.util.Arrays.fill(ones, 1);
        try (OnnxTensor ids = tensor(tokens, shape);
                OnnxTensor mask = tensor(ones, shape);
                OnnxTensor types = tensor(new long[tokens.length], shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), tokens.length);
        } catch (OrtException exception) {
            throw new IllegalStateException("the sentence model failed", exception);
        }
    }

    private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    private static float[] mean(FloatBuffer tokenVectors, int tokens) {
        float[] vector = new float[DIMENSIONS];
        float[] tokenVector = new float[DIMENSIONS];
        for (int token = 0; token < tokens; token++) {
            tokenVectors.get(tokenVector);
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                vector[dimension] += tokenVector[dimension];
            }
        }
        double squaredLength = 0;
        for (float value : vector) {
            squaredLength += (double) value * value;
        }
        float factor = (float) (1 / Math.sqrt(squaredLength));
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            vector[dimension] *= factor;
        }
        return vector;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException exception) {
            throw new IllegalStateException("cannot close the sentence model", exception);
        }
    }
}
