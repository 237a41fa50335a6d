using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>The C program at one workload. Its loops are in C, so that calls between the languages are not measured.</summary>
internal sealed unsafe class CContestant : Contestant
{
    private readonly Workload _workload;
    private readonly AlignedBlock _inputs;
    private readonly AlignedBlock _outputs;
    private readonly delegate* unmanaged<float*, int*, float*, float> _gradients;
    private readonly delegate* unmanaged<float*, float*, int, int, void> _predict;
    private readonly delegate* unmanaged<float*, float*, int, void> _predictChained;
    private readonly delegate* unmanaged<float*, int*, float, int, float> _trainSgd;
    private readonly delegate* unmanaged<float*, int*, float, float, int, float> _trainAdam;
    private float _loss;

    public CContestant(string name, Workload workload, string library)
        : base(name)
    {
        _workload = workload;
        _inputs = new AlignedBlock(workload.Inputs.Length);
        _outputs = new AlignedBlock(workload.Samples * workload.Network.Outputs);
        workload.Inputs.CopyTo(_inputs.Span);

        nint handle = NativeLibrary.Load(library);
        _gradients = (delegate* unmanaged<float*, int*, float*, float>)NativeLibrary.GetExport(handle, "get_gradients");
        _predict = (delegate* unmanaged<float*, float*, int, int, void>)NativeLibrary.GetExport(handle, "predict_repeatedly");
        _predictChained = (delegate* unmanaged<float*, float*, int, void>)NativeLibrary.GetExport(handle, "predict_chained");
        _trainSgd = (delegate* unmanaged<float*, int*, float, int, float>)NativeLibrary.GetExport(handle, "train_sgd");
        _trainAdam = (delegate* unmanaged<float*, int*, float, float, int, float>)NativeLibrary.GetExport(handle, "train_adam");

        var setParameters = (delegate* unmanaged<float*, void>)NativeLibrary.GetExport(handle, "set_parameters");
        float[] parameters = [.. workload.Parameters.SelectMany(static part => part)];

        fixed (float* from = parameters)
        {
            setParameters(from);
        }
    }

    public override float[] Answer()
    {
        if (!_workload.IsTraining)
        {
            Run(_workload.Activity == Activity.Predict ? _workload.Samples / _workload.Batch : Workload.ChainedCalls);

            return [.. _outputs.Span[.._workload.AnswerLengths[0]]];
        }

        float[] gradients = new float[_workload.Network.ParameterCount];
        float loss;

        fixed (float* x = _inputs.Span, to = gradients)
        {
            fixed (int* labels = _workload.Labels)
            {
                loss = _gradients(x, labels, to);
            }
        }

        Run(_workload.AnsweredSteps);

        return [loss, .. gradients, _loss];
    }

    public override void Run(int operations)
    {
        fixed (float* x = _inputs.Span, y = _outputs.Span)
        {
            fixed (int* labels = _workload.Labels)
            {
                switch (_workload.Activity)
                {
                    case Activity.Predict:
                        _predict(x, y, _workload.Samples / _workload.Batch, operations);
                        break;
                    case Activity.PredictChained:
                        _predictChained(x, y, operations);
                        break;
                    case Activity.SgdStep:
                        _loss = _trainSgd(x, labels, Workload.SgdRate, operations);
                        break;
                    default:
                        _loss = _trainAdam(x, labels, _workload.AdamRate, Workload.AdamDecay, operations);
                        break;
                }
            }
        }
    }
}
