using System.Collections;
using Microsoft.Build.Framework;

namespace Nnfs.Import.Tests.Build;

/// <summary>A build that keeps the errors of its tasks.</summary>
internal sealed class RecordingEngine : IBuildEngine
{
    /// <summary>The errors as builds print them.</summary>
    public List<string> Errors { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add($"{Path.GetFileName(e.File)}: {e.Message}");

    public void LogWarningEvent(BuildWarningEventArgs e) => Errors.Add($"warning: {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
    }

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();
}
