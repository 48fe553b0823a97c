package frame

import (
	"gaugewright/internal/grafana"
)

func (w *work) transform(frames []Frame, all []grafana.Transformation) []Frame { return frames }

func (f Frame) sorted(by int, descends bool) Frame { return f }
