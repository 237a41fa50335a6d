using Nnfs.Files;
using Nnfs.Files.Safetensors;
using Nnfs.Samples;
using Nnfs.Training.Checkpoints;

namespace Nnfs;

/// <summary>Making a network from the checkpoint of a training, without its training.</summary>
public static class NetworkCheckpoints
{
    extension<TSelf>(TSelf)
        where TSelf : INetworkModel<TSelf>
    {
        /// <summary>Makes a network with the parameters of a checkpoint. Options, optimizer and data of its training don't matter.</summary>
        /// <param name="path">The checkpoint.</param>
        /// <param name="best">
        /// Whether they are the parameters of the best epoch, which a checkpoint has if <see cref="EarlyStopping.RestoreBest"/> is set. The default is false:
        /// they are those at the time of the checkpoint, or their averages if <see cref="TrainingOptions.AveragedWeights"/> is set.
        /// </param>
        /// <param name="options">What the file is compared with; the defaults where it is null.</param>
        /// <returns>The network.</returns>
        /// <exception cref="SafetensorsException">
        /// The file is not a checkpoint, its tensors are not those of this network, its layers would predict something else with them and are not to be
        /// ignored, or it has no best epoch.
        /// </exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
        public static TSelf LoadCheckpoint(string path, bool best = false, LoadOptions? options = null)
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            SafetensorsHeader header = SafetensorsHeader.Read(stream);

            if (header.Metadata(CheckpointFormat.VersionName) is null)
            {
                throw new SafetensorsException(
                    $"The file has no '{CheckpointFormat.VersionName}' in its metadata: it is no checkpoint. Load reads a saved network.");
            }

            string prefix = best ? CheckpointFormat.BestPrefix : Has(header, CheckpointFormat.AveragePrefix) ? CheckpointFormat.AveragePrefix : "";

            if (best && NetworkTensors<TSelf>.All.Length > 0 && !Has(header, prefix))
            {
                throw new SafetensorsException("The checkpoint has no parameters of a best epoch: its training did not have EarlyStopping.RestoreBest set.");
            }

            header.RequireAmongOthers([.. NetworkTensors<TSelf>.Descriptions.Select(tensor => tensor with { Name = prefix + tensor.Name })]);

            if (options is not { IgnoreLayers: true })
            {
                NetworkTensors<TSelf>.RequireSamePredictions(header);
            }

            SafetensorsFile file = header.ReadData(stream);
            TSelf loaded = TSelf.CreateUninitialized();
            NetworkScaling.Set(loaded, NetworkScaling.Read(loaded, header));
            NetworkTensors<TSelf>.Copy(file, prefix, loaded.Parameters);

            return loaded;

            static bool Has(SafetensorsHeader header, string prefix) => NetworkTensors<TSelf>.All is [TensorInfo first, ..] && header.Has(prefix + first.Name);
        }
    }
}
