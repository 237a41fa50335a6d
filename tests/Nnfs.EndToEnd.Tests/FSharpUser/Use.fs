module FSharpUser

open System
open Nnfs
open Library

/// A network of a C# project, trained and asked from F#.
let classify () =
    let net = Net(seed = 1)
    let data = Dataset([| 0f; 1f; 1f; 0f |], [| 0; 1 |], featureCount = 2, classCount = 3)
    NetworkTraining.Train(net, data, TrainingOptions(Epochs = 1)) |> ignore
    net.Classify(ReadOnlySpan [| 1f; 2f |])
