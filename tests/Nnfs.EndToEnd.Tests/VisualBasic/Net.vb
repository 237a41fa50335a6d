Imports Nnfs

<Network(2), Dense(3)>
Public Class Net
End Class
