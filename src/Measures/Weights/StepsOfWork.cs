namespace Concord.Measures.Weights;

/// <summary>
/// Does steps of work, each once, in any order, several at once or one after another: whoever reads
/// weights has the threads.
/// </summary>
/// <param name="steps">How many there are.</param>
/// <param name="step">Does one, by its number from zero.</param>
public delegate void StepsOfWork(int steps, Action<int> step);
