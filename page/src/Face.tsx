import { useWorld } from "./store";

/** The picture beside a name: the first letter, in a colour of its own. */
export function Face({ user, small }: { user: string; small?: boolean }) {
  const world = useWorld();
  const isUs = user === world.slack.bot.id;
  const number = [...user].reduce((sum, each) => sum + each.charCodeAt(0), 0);
  return (
    <span className={`face ${isUs ? "ours" : `colour${number % 5}`} ${small ? "small" : ""}`} aria-hidden="true">
      {world.name(user).charAt(0)}
    </span>
  );
}
