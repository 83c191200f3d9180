package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.engine.gguf.LlamaShape;
import io.daxflux.examples.longdocqa.StoreOptions;

/** One model, what it is asked, and where its chunks go. */
record EngineSetting(
    String name,
    ModelOptions model,
    PromptOptions prompts,
    RoundOptions rounds,
    StoreOptions storing) {

  /**
   * Where what is restored weighs as much as what is computed: a model with a large cache and
   * little arithmetic, and questions of one token. Computing the prompts, of which there are few,
   * takes longest all the same: so it is done once, and each is asked more often.
   */
  EngineSetting restoreBound() {
    ModelOptions wide = new ModelOptions();
    wide.preset = LlamaShape.named("wide-kv");
    wide.threads = model.threads;
    PromptOptions asked = new PromptOptions();
    asked.text = prompts.text;
    asked.numDocuments = Math.min(2, prompts.numDocuments);
    asked.documentLength = prompts.documentLength;
    asked.chunkTokens = prompts.chunkTokens;
    asked.questionLength = 1;
    asked.outputLength = 1;
    RoundOptions again = new RoundOptions();
    again.systems.retainAll(rounds.systems);
    again.systems.remove(SystemKind.COLD);
    again.order = rounds.order;
    again.repeatMode = rounds.repeatMode;
    again.seed = rounds.seed;
    again.maxInflightRequests = rounds.maxInflightRequests;
    again.trimFraction = rounds.trimFraction;
    again.minRound = rounds.minRound;
    again.warmup = rounds.warmup;
    again.repeatCount = 10 * rounds.repeatCount;
    return new EngineSetting("restore-bound", wide, asked, again, new StoreOptions());
  }
}
