using Concord.Acts;

namespace Concord.Rooms.Registry;

/// <summary>
/// The order in which models are judged: what a model was made from before the model, and models
/// that go in a circle together (R. Tarjan, Depth-first search and linear graph algorithms, 1972).
/// Without recursion, so that no chain is too long.
/// </summary>
internal static class ParentsFirst
{
    /// <summary>A model and all it was made from that is not known yet, circle by circle.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parentsOf">What a model was made from.</param>
    /// <param name="isKnown">Whether a model and all above it were judged already.</param>
    /// <returns>Mostly circles of one.</returns>
    public static IEnumerable<IReadOnlyList<Model>> Of(
        Model model,
        Func<Model, IReadOnlyList<Model>> parentsOf,
        Func<ModelId, bool> isKnown
    )
    {
        var places = new Dictionary<ModelId, Place>();
        var open = new Stack<Model>();
        var path = new Stack<Place>();
        Enter(model);
        while (path.TryPeek(out var at))
        {
            if (at.Next < at.Parents.Count)
            {
                var parent = at.Parents[at.Next++];
                if (places.TryGetValue(parent.Id, out var seen))
                {
                    at.Lowest = seen.IsOpen ? Math.Min(at.Lowest, seen.Number) : at.Lowest;
                }
                else if (!isKnown(parent.Id))
                {
                    Enter(parent);
                }

                continue;
            }

            path.Pop();
            if (path.TryPeek(out var child))
            {
                child.Lowest = Math.Min(child.Lowest, at.Lowest);
            }

            if (at.Lowest == at.Number)
            {
                yield return Close(at);
            }
        }

        void Enter(Model one)
        {
            var place = new Place(one, places.Count, parentsOf(one));
            places[one.Id] = place;
            open.Push(one);
            path.Push(place);
        }

        List<Model> Close(Place first)
        {
            var circle = new List<Model>();
            Model one;
            do
            {
                one = open.Pop();
                places[one.Id].IsOpen = false;
                circle.Add(one);
            } while (one.Id != first.Model.Id);

            return circle;
        }
    }

    private sealed class Place(Model model, int number, IReadOnlyList<Model> parents)
    {
        public Model Model { get; } = model;
        public int Number { get; } = number;
        public IReadOnlyList<Model> Parents { get; } = parents;
        public int Next { get; set; }
        public int Lowest { get; set; } = number;
        public bool IsOpen { get; set; } = true;
    }
}
