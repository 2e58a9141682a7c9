// A line drawn around places: the ring in the plane, and whether it takes away what it surrounds.
export class Lasso {
  constructor(start, removes) {
    this.ring = [start];
    this.removes = removes;
  }

  reach(point) {
    this.ring.push(point);
  }

  /** Whether the point at the heart of a unit is inside, by the even-odd rule. */
  holds({ x, y }) {
    let odd = false;
    for (let i = 0, j = this.ring.length - 1; i < this.ring.length; j = i++) {
      const [ax, ay] = this.ring[i];
      const [bx, by] = this.ring[j];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
    return odd;
  }

  draw(context, view, ink) {
    context.beginPath();
    for (const point of this.ring) context.lineTo(...view.toScreen(...point));
    context.closePath();
    context.fillStyle = this.removes ? "rgb(163 64 10 / 14%)" : "rgb(13 82 87 / 14%)";
    context.fill();
    context.setLineDash([6, 4]);
    context.lineWidth = 2;
    context.strokeStyle = this.removes ? ink.focus : ink.brand;
    context.stroke();
    context.setLineDash([]);
  }
}
