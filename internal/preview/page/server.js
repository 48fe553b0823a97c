// Questions to the server.

// ask returns an answer, or throws an error that says why there is none.
export async function ask(path, query, signal) {
  let response;
  try {
    response = await fetch(path + (query ? '?' + query : ''), { signal });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Error('preview does not answer: is it still running?');
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
