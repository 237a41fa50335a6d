module FSharp

open Nnfs

[<Network(2)>]
[<Dense(3)>]
type Net() = class end
