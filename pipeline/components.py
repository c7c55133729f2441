"""Imports every component, so that spaCy knows its factory. One line a component."""

import pipeline.annotate.component
import pipeline.events
import pipeline.extract.arguments
import pipeline.extract.triggers
import pipeline.resolve.antecedents
import pipeline.resolve.attribution
import pipeline.resolve.clusters
import pipeline.resolve.confidence
import pipeline.resolve.event_times
import pipeline.resolve.factuality
import pipeline.resolve.names
import pipeline.resolve.numbers
import pipeline.resolve.place_names
import pipeline.resolve.places
import pipeline.resolve.time_expressions
