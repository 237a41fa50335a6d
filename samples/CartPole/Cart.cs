using Nnfs;

namespace CartPole;

/// <summary>
/// A cart on a track with a pole that stands on it, and falls if nobody pushes the cart to the left or to the right. The equations are those of A. G. Barto,
/// R. S. Sutton and C. W. Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems", 1983, without friction; the constants
/// are those of CartPole-v1 in Gym.
/// </summary>
internal sealed class Cart
{
    /// <summary>What is seen of it: position in m, velocity in m/s, angle in rad and angular velocity in rad/s.</summary>
    public const int StateSize = 4;

    /// <summary>An episode ends when the pole has stood for so many steps.</summary>
    public const int MostSteps = 500;

    /// <summary>How far the cart may be from the middle, in m.</summary>
    public const double Track = 2.4;

    private const double Gravity = 9.8;
    private const double CartMass = 1.0;
    private const double PoleMass = 0.1;
    private const double TotalMass = CartMass + PoleMass;
    private const double HalfLength = 0.5;
    private const double Force = 10.0;
    private const double SecondsPerStep = 0.02;
    private const double MostAngle = 12 * Math.PI / 180;
    private const double Start = 0.05;

    private double _position;
    private double _velocity;
    private double _angle;
    private double _angularVelocity;

    /// <summary>A cart near the middle with a pole that is nearly upright.</summary>
    public Cart(NumpyRandom random)
    {
        _position = Draw();
        _velocity = Draw();
        _angle = Draw();
        _angularVelocity = Draw();

        double Draw() => ((2 * random.NextDouble()) - 1) * Start;
    }

    /// <summary>Whether the pole has fallen over, or the cart has left the track.</summary>
    public bool HasFailed => Math.Abs(_position) > Track || Math.Abs(_angle) > MostAngle;

    /// <summary>Where the cart is.</summary>
    public double Position => _position;

    /// <summary>How far the pole leans to the right.</summary>
    public double Angle => _angle;

    /// <summary>Writes what is seen of it.</summary>
    public void Observe(Span<float> state)
    {
        state[0] = (float)_position;
        state[1] = (float)_velocity;
        state[2] = (float)_angle;
        state[3] = (float)_angularVelocity;
    }

    /// <summary>Pushes the cart for a step: to the left by action 0, to the right by action 1.</summary>
    public void Push(int action)
    {
        double force = action == 1 ? Force : -Force;
        (double sin, double cos) = Math.SinCos(_angle);

        double pushed = (force + (PoleMass * HalfLength * _angularVelocity * _angularVelocity * sin)) / TotalMass;
        double angularAcceleration =
            ((Gravity * sin) - (cos * pushed)) / (HalfLength * ((4.0 / 3.0) - (PoleMass * cos * cos / TotalMass)));
        double acceleration = pushed - (PoleMass * HalfLength * angularAcceleration * cos / TotalMass);

        // Euler's method, all from the state before.
        _position += SecondsPerStep * _velocity;
        _velocity += SecondsPerStep * acceleration;
        _angle += SecondsPerStep * _angularVelocity;
        _angularVelocity += SecondsPerStep * angularAcceleration;
    }
}
