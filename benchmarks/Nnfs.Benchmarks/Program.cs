using System.Text;
using BenchmarkDotNet.Running;
using Nnfs.Benchmarks;

Console.OutputEncoding = Encoding.UTF8;

switch (args)
{
    case []:
        new QuickRun(new Report(Console.Out)).Run();
        break;
    case ["only", string work]:
        new QuickRun(new Report(Console.Out)).RunOnly(work);
        break;
    case [GemmShare.Mode]:
        Console.WriteLine(GemmShare.MeasureAsText());
        break;
    case [FirstSteps.Mode]:
        Console.WriteLine(FirstSteps.MeasureAsText());
        break;
    case [NativeStartRun.Mode]:
        NativeStartRun.Run(new Report(Console.Out));
        break;
    case [VariantsRun.Mode]:
        VariantsRun.Run(Console.Out);
        break;
    case [ImagesRun.Mode]:
        ImagesRun.Run(new Report(Console.Out));
        break;
    case [SequencesRun.Mode]:
        SequencesRun.Run(new Report(Console.Out));
        break;
    case [FirstImages.Mode]:
        Console.WriteLine(FirstImages.Run());
        break;
    case [GrowthRun.Mode, .. string[] series]:
        GrowthRun.Run(Console.Out, series);
        break;
    case [GroupsRun.Mode]:
        GroupsRun.Run(Console.Out);
        break;
    case [GroupProcess.Mode, string kind]:
        GroupProcess.Run(kind);
        break;
    case ["bdn", .. string[] rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
